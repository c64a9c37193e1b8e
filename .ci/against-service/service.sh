# Sourced by .ci/schemathesis and .ci/docs-page: the Python packages that they need, and the service that they try.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
here="$root/.ci/against-service"
python="$root/target/against-service/bin/python"
scratch="$(mktemp -d)"
service=

trap 'end_service' EXIT

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# Python's packages, where cargo keeps what it builds; made anew when the pins change.
prepare_python() {
  local environment="$root/target/against-service"
  cmp -s "$here/requirements.txt" "$environment/requirements.txt" && "$python" --version >/dev/null 2>&1 && return
  rm -rf "$environment"
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' && python3 -m venv "$environment" ||
    fail 'Python 3.11 or newer with its venv module is needed.'
  "$python" -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$here/requirements.txt" ||
    fail 'The Python packages could not be installed: does the package registry answer?'
  cp "$here/requirements.txt" "$environment"
}

# Builds and starts the service, and sets CUSTOMER_SERVICE to its address.
start_service() {
  (cd "$root" && cargo build --locked -p customer-service)
  "${CARGO_TARGET_DIR:-$root/target}/debug/customer-service" --dev --listen 127.0.0.1:0 --password-hashing cheap \
    >"$scratch/stdout" 2>"$scratch/stderr" &
  service=$!
  until CUSTOMER_SERVICE="$(grep -om1 'http://[0-9.:]*' "$scratch/stdout")"; do
    kill -0 "$service" 2>/dev/null || fail 'The service did not start:' "$(cat "$scratch/stdout" "$scratch/stderr")"
    sleep 0.1
  done
  export CUSTOMER_SERVICE
}

# What the service said, where something was found.
show_log() {
  printf '\nThe service logged:\n'
  tail -40 "$scratch/stdout" "$scratch/stderr"
}

# Asks the service to end, which it has to do within ten seconds and without an error.
stop_service() {
  local pid="$service" status=0
  service=
  kill -TERM "$pid" || fail 'The service ended by itself:' "$(tail -50 "$scratch/stderr")"
  for _ in {1..100}; do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL "$pid" 2>/dev/null || true
  wait "$pid" || status=$?
  ((status == 0)) || fail "The service ended with $status when asked to stop:" "$(tail -50 "$scratch/stderr")"
}

end_service() {
  [[ -z $service ]] || kill -KILL "$service" 2>/dev/null || true
  rm -rf "$scratch"
}
