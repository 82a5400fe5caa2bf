# Sourced by ./ampacity when no JDK is at hand: looks where they are usually kept, else installs one.

# Sets jdk, release and runtime, or ends with one sentence on what to do.
find_jdk() {
  java=$(command -v java 2>/dev/null) && try_jdk "$(java_home_of "$java")" && return
  for place in \
    /usr/lib/jvm/*25* /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.jbang/cache/jdks/* \
    "${HOME:-}"/.asdf/installs/java/* "${HOME:-}"/.local/share/mise/installs/java/* "${HOME:-}"/.gradle/jdks/* \
    "$cache"/jdk/* "$cache"/jdk/*/Contents/Home; do
    try_jdk "$place" && return
  done
  if [ -x /usr/libexec/java_home ]; then
    try_jdk "$(/usr/libexec/java_home -v 25+ 2>/dev/null)" && return
  fi
  if [ "${AMPACITY_JDK_DOWNLOAD:-yes}" != no ]; then
    install_package && return
    install_archive && return
  fi
  complain "no JDK 25 or newer was found and none could be installed (${why:-installing is switched off}); install one, such as https://adoptium.net/temurin/releases/?version=25, and set AMPACITY_JAVA_HOME to its folder"
}

try_jdk() {
  # A runtime without a compiler cannot build.
  [ -x "$1/bin/javac" ] || return 1
  inspect_jdk "$1" && jdk=$1
}

java_home_of() {
  path=$1
  while [ -L "$path" ]; do
    link=$(readlink "$path")
    case $link in
      /*) path=$link ;;
      *) path=${path%/*}/$link ;;
    esac
  done
  printf %s "${path%/bin/java}"
}

# Debian and Ubuntu, where the archive has the package and no password is asked for.
install_package() {
  command -v apt-get >/dev/null 2>&1 || return 1
  package=openjdk-25-jdk-headless
  as_root=
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null || return 1
    as_root='sudo -n'
  fi
  apt-cache policy "$package" 2>/dev/null | grep 'Candidate: [0-9]' >/dev/null || return 1
  printf 'ampacity: installing %s …\n' "$package" >&2
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$package" >/dev/null 2>&1 || return 1
  for place in /usr/lib/jvm/*25*; do
    try_jdk "$place" && return
  done
  return 1
}

# Temurin's newest JDK 25, kept only when its digest is the published one.
install_archive() {
  why='the download failed'
  case $(uname -s) in
    Linux)
      system=linux
      if [ -f /etc/alpine-release ]; then system=alpine-linux; fi
      ;;
    Darwin) system=mac ;;
    *) why="no archive is known for $(uname -s)" && return 1 ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) machine=x64 ;;
    aarch64 | arm64) machine=aarch64 ;;
    *) why="no archive is known for $(uname -m)" && return 1 ;;
  esac
  mkdir -p "$cache/jdk" 2>/dev/null || { why="$cache/jdk cannot be written" && return 1; }
  service=${AMPACITY_JDK_SERVICE:-https://api.adoptium.net}
  answer=$(fetch "$service/v3/assets/latest/25/hotspot?architecture=$machine&image_type=jdk&os=$system&vendor=eclipse") ||
    { why="$service does not answer" && return 1; }
  package=$(printf %s "$answer" | tr -d '\n' | sed -n 's/.*"package" *: *{\([^}]*\)}.*/\1/p')
  link=$(printf %s "$package" | sed -n 's/.*"link" *: *"\([^"]*\)".*/\1/p')
  digest=$(printf %s "$package" | sed -n 's/.*"checksum" *: *"\([0-9a-f]*\)".*/\1/p')
  [ -n "$link" ] && [ ${#digest} = 64 ] || { why="$service gave no archive with a digest" && return 1; }

  printf 'ampacity: fetching a JDK from %s …\n' "$link" >&2
  part=$cache/jdk/part.$$
  rm -rf "$part" && mkdir -p "$part" || return 1
  if ! fetch "$link" >"$part/jdk.tar.gz"; then
    rm -rf "$part"
    why="$link could not be fetched"
    return 1
  fi
  if [ "$(digest_of "$part/jdk.tar.gz")" != "$digest" ]; then
    rm -rf "$part"
    why="the archive at $link has another digest than the published $digest"
    return 1
  fi
  if ! tar xzf "$part/jdk.tar.gz" -C "$part"; then
    rm -rf "$part"
    why="the archive at $link could not be unpacked"
    return 1
  fi
  for folder in "$part"/*/; do
    folder=${folder%/}
    final=$cache/jdk/${folder##*/}
    [ -d "$final" ] || mv "$folder" "$final"
  done
  rm -rf "$part"
  try_jdk "$final" || try_jdk "$final/Contents/Home"
}

fetch() {
  if command -v curl >/dev/null 2>&1; then
    curl --fail --location --silent --show-error --retry 2 --connect-timeout 15 "$1"
  elif command -v wget >/dev/null 2>&1; then
    wget --quiet --tries=2 --timeout=60 --output-document=- "$1"
  else
    why='neither curl nor wget is there to fetch one'
    return 1
  fi
}

digest_of() {
  if command -v sha256sum >/dev/null 2>&1; then
    sum=$(sha256sum "$1")
  else
    sum=$(shasum -a 256 "$1")
  fi
  printf %s "${sum%% *}"
}
