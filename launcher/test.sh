# Sourced by ./ampacity for `ampacity test`: every test and every check, then one line that sums them up.

# run_tests            all but the slow tests
# run_tests nightly    the slow ones too
# run_tests MODULE     one module's tests alone, such as `units`
run_tests() {
  goals='verify'
  room=
  while [ $# -gt 0 ]; do
    case $1 in
      nightly) goals="$goals -Pnightly" ;;
      -q | --quiet) ;;
      -h | --help)
        printf 'Usage: ampacity test [nightly] [MODULE]\nRuns all tests and checks; with nightly the slow ones too; with a module only its own.\n'
        exit 0
        ;;
      *)
        case $1 in
          */* | .* | -*) complain "\"$1\" is no module. Maybe one of: $(modules)" 2 ;;
        esac
        [ -f "$home/$1/pom.xml" ] || complain "\"$1\" is no module. Maybe one of: $(modules)" 2
        room=$1
        ;;
    esac
    shift
  done
  log=$home/target/test.log
  mkdir -p "$home/target" || complain "cannot write $home/target"
  rm -rf "$home"/*/target/surefire-reports
  if [ -n "$room" ]; then
    goals="$goals -pl $room -am -Dtest=io/ampacity/$room/** -Dsurefire.failIfNoSpecifiedTests=false"
  else
    # The tests of the command line start the real thing, so it must be built.
    if ! "$home/ampacity" --version >/dev/null; then
      printf '0 passed, 1 failed, 0 skipped\n'
      exit 1
    fi
  fi
  say "running the tests; all they say is in $log …"
  status=$home/target/test.status
  {
    # A failed test must not keep the modules above from being tested.
    # shellcheck disable=SC2086  # goals are words
    AMPACITY_BUILD=never maven $goals --fail-at-end -Dmaven.test.failure.ignore=true 2>&1
    echo $? >"$status"
  } | tee "$log" | condense
  read -r built <"$status"
  rm -f "$status"
  sum_up
}

modules() {
  sed -n 's/.*<module>\(.*\)<\/module>.*/\1/p' "$home/pom.xml" | tr '\n' ' '
}

# Of what Maven says: which module it is at, each test class, each error.
condense() {
  awk '/^\[INFO\] Building Ampacity / { print "· " $4 }
       /Tests run:.*-- in / { sub(/^\[[A-Z]*\] */, "  "); print }
       /^\[ERROR\]/ && errors++ < 200 { print }
       /^\[WARNING\]/ && !/Tests run:/ { print }
       { fflush() }'
}

# Counts from the reports that the tests left, and ends with the verdict.
sum_up() {
  counts=$(find "$home"/*/target/surefire-reports -name 'TEST-*.xml' -exec cat {} + 2>/dev/null | awk '
    /<testsuite / {
      tests += number("tests"); failed += number("failures") + number("errors"); skipped += number("skipped")
    }
    function number(name) {
      return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0
    }
    END { print tests - failed - skipped, failed + 0, skipped + 0 }')
  # shellcheck disable=SC2086  # three numbers
  set -- ${counts:-0 0 0}
  passed=$1 failed=$2 skipped=$3
  if [ "$built" != 0 ]; then
    printf 'The build itself failed; see %s\n' "$log"
    failed=$((failed + 1))
  fi
  warnings=$(grep '^\[WARNING\]' "$log" | grep -v -c 'Tests run:')
  if [ "$warnings" != 0 ]; then
    printf 'The build warns %s times, and a warning is a failure here; see %s\n' "$warnings" "$log"
    failed=$((failed + 1))
  fi
  if [ "$passed" = 0 ] && [ "$failed" = 0 ]; then
    printf 'No test ran.\n'
    failed=1
  fi
  printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" = 0 ]
  exit
}
