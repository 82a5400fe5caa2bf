# Sourced by ./ampacity when the checkout cannot be written: works on a copy in the cache instead.

read_only_copy() {
  name=$(printf %s "$home" | cksum)
  copy=$cache/checkouts/${name%% *}
  app=$copy/target/app
  if [ "${AMPACITY_BUILD:-}" != never ]; then
    if ! [ -f "$app/stamp" ] || [ -n "$(find "$home" -newer "$app/stamp" -print 2>/dev/null | head -n 1)" ]; then
      mkdir -p "$copy" || complain "cannot write $home, nor $copy to build in. Maybe set AMPACITY_HOME_CACHE to a folder that can be written"
      # The copy keeps the times of the originals, so only what changed is compiled again.
      (cd "$home" && tar cf - --exclude=target --exclude=.git --exclude=node_modules .) | (cd "$copy" && tar xf - && chmod -R u+w .) ||
        complain "cannot copy $home to $copy"
    fi
  fi
  home=$copy
}

read_only_copy
