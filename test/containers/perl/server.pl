# A web server of a few lines: says what time it is, what lies in a file, what its environment is; or dies.
use strict;
use warnings;
use IO::Socket::INET;
$| = 1;
my $server = IO::Socket::INET->new(LocalPort => $ENV{PORT} // 8080, Listen => 9, ReuseAddr => 1) or die "cannot listen: $!";
print "up\n";
print STDERR "warned\n";
while (my $client = $server->accept) {
  my $line = <$client> // '';
  while (my $header = <$client>) { last if $header =~ /^\r?\n$/ }
  my ($path) = $line =~ m{^GET (\S+)};
  $path //= '/';
  print "asked for $path\n";
  my $answer = 'hi';
  if ($path eq '/die') { print STDERR 'dying'; exit 7 }
  if ($path eq '/time') { $answer = time }
  if ($path eq '/env') { $answer = join "\n", map {"$_=$ENV{$_}"} sort keys %ENV }
  if ($path =~ m{^/file(/.+)}) { if (open my $file, '<', $1) { local $/; $answer = <$file> } else { $answer = "no: $!" } }
  if ($path =~ m{^/log/(\w+)}) { open my $file, '>>', '/var/log/own.log'; print $file "$1\n"; close $file }
  if ($path =~ m{^/reach/(.+):(\d+)}) {
    my $peer = IO::Socket::INET->new(PeerAddr => $1, PeerPort => $2, Timeout => 2);
    $answer = $peer ? <$peer> : "no: $@";
  }
  print $client "HTTP/1.1 200 OK\r\nContent-Length: " . length($answer) . "\r\nConnection: close\r\n\r\n$answer";
  close $client;
}
