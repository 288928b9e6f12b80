# A cluster of its own that lives as long as the other end of its standard input is open: whoever
# started it may end in whatever way, it stops and leaves nothing behind.
# Arguments: the folder of PostgreSQL's programs, a port. Standard input: a password, a line.
set -eu
umask 077
trap '' INT PIPE
read -r password
home=$(mktemp -d "${TMPDIR:-/tmp}/lockstep-postgres.XXXXXX")
cd "$home"
leave() {
  if [ -e data/postmaster.pid ]; then
    "$1/pg_ctl" --pgdata=data --mode=immediate --silent stop || true
  fi
  cd /
  rm -rf "$home"
}
trap 'leave "$1"' EXIT
printf '%s\n' "$password" > password
"$1/initdb" --pgdata=data --username=lockstep --pwfile=password --auth=password \
  --encoding=UTF8 --locale=C --no-sync > log 2>&1 || { cat log >&2; exit 1; }
rm password
cat >> data/postgresql.conf <<END
listen_addresses = '127.0.0.1'
port = $2
unix_socket_directories = ''
max_connections = 20
shared_buffers = 16MB
fsync = off
autovacuum = off
deadlock_timeout = 300ms
END
"$1/pg_ctl" --pgdata=data --log=log --silent --wait start > start 2>&1 < /dev/null ||
  { cat start log >&2; exit 1; }
echo ready
cat > /dev/null
