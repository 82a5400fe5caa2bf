# Sourced by ./ampacity to build the product into target/app, and to train its start-up cache.

log=$home/target/build.log

say() {
  case " $arguments " in
    *' --quiet '* | *' -q '*) ;;
    *) printf 'ampacity: %s\n' "$1" >&2 ;;
  esac
}
arguments=$*

# One build at a time: the first to make the folder builds, the others wait and use what it built.
lock() {
  mkdir -p "$home/target" || complain "cannot write $home/target"
  lock=$home/target/app.lock
  waited=
  while ! mkdir "$lock" 2>/dev/null; do
    owner=
    if [ -r "$lock/owner" ]; then IFS= read -r owner <"$lock/owner"; fi
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      # Its owner is gone. Only one of those who wait can rename the folder.
      mv "$lock" "$lock.$$" 2>/dev/null && rm -rf "$lock.$$"
      continue
    fi
    if [ -z "$waited" ]; then say 'waiting for a build that is under way …'; fi
    waited=yes
    sleep 0.2 2>/dev/null || sleep 1
  done
  trap 'rm -rf "$lock"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  echo $$ >"$lock/owner"
}

unlock() {
  rm -rf "$lock"
  trap - EXIT INT TERM HUP
}

# Maven of the path when it is new enough, else the wrapper, which fetches one.
find_maven() {
  maven=$home/mvnw
  if command -v mvn >/dev/null 2>&1; then
    case $(JAVA_HOME=$jdk mvn --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p') in
      3.[89] | 3.[1-9][0-9] | [4-9].*) maven=mvn ;;
    esac
  fi
}

# Runs Maven on the checkout; its output is the caller's to direct.
maven() {
  find_maven
  (cd "$home" && JAVA_HOME=$jdk "$maven" --batch-mode --no-transfer-progress "$@")
}

# Puts a fresh build into target/app. A build that fails leaves the old one in place.
build() {
  lock
  if [ -f "$app/stamp" ] && [ -z "$(newer_sources)" ]; then
    unlock
    return
  fi
  fresh=$home/target/app.new
  rm -rf "$fresh" && mkdir -p "$fresh" || complain "cannot write $fresh"
  : >"$fresh/stamp"
  say 'building …'
  commit=$(git -C "$home" rev-parse --short=12 HEAD 2>/dev/null) || commit=unknown
  if ! maven package -pl cli -am -T 1C -Dquick -Dmaven.test.skip=true -Dcommit="$commit" >"$log" 2>&1; then
    grep '^\[ERROR\]' "$log" | sed -n '1,12p' >&2
    complain "the build failed; all it said is in $log"
  fi
  mv "$home/cli/target/quick/lib" "$fresh/lib" && cp "$home"/cli/target/quick/ampacity-cli-*.jar "$fresh/lib" ||
    complain "the build left no jars in $home/cli/target/quick; see $log"
  "$jdk/bin/java" -XX:TieredStopAtLevel=1 "$home/launcher/ModernClasses.java" "$fresh/lib" >>"$log" 2>&1 ||
    complain "a class file could not be made modern; see $log"
  # Our own jars first: they are the most used.
  (cd "$fresh/lib" && for jar in ampacity-*.jar; do echo "$jar"; done && for jar in *.jar; do
    case $jar in ampacity-*) ;; *) echo "$jar" ;; esac
  done) >"$fresh/classpath"
  printf '%s\n' "$jdk" >"$fresh/jdk"
  rm -rf "$app.old"
  if [ -d "$app" ]; then mv "$app" "$app.old"; fi
  mv "$fresh" "$app" || complain "cannot write $app"
  rm -rf "$app.old"
  rehearse
  unlock
}

newer_sources() {
  find "$home/ampacity" "$home/launcher" "$home/pom.xml" "$home"/*/pom.xml "$home"/*/src/main \
    -newer "$app/stamp" -print 2>/dev/null | head -n 1
}

# Trains the start-up cache for a JDK that has none yet.
train() {
  lock
  if ! [ -f "$app/aot-$runtime" ] && ! [ -f "$app/aot-$runtime.none" ]; then rehearse; fi
  unlock
}

# Runs typical commands once and keeps what Java loaded and linked. Without it all works, slower, so a failure is noted
# and not tried again.
rehearse() {
  say 'preparing for fast starts …'
  classpath=
  while IFS= read -r jar; do
    classpath=$classpath${classpath:+:}$app/lib/$jar
  done <"$app/classpath"
  # Two steps rather than -XX:AOTCacheOutput, whose own second step loses a class path with blanks in it.
  set -- -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp "$classpath"
  if "$jdk/bin/java" -XX:AOTMode=record -XX:AOTConfiguration="$app/aot.record" "$@" io.ampacity.cli.Rehearsal &&
    "$jdk/bin/java" -XX:AOTMode=create -XX:AOTConfiguration="$app/aot.record" -XX:AOTCache="$app/aot.part" "$@" &&
    [ -f "$app/aot.part" ]; then
    mv "$app/aot.part" "$app/aot-$runtime"
  else
    : >"$app/aot-$runtime.none"
  fi >"$home/target/rehearsal.log" 2>&1 </dev/null
  rm -f "$app/aot.part" "$app/aot.record"
}
