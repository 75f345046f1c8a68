#!/usr/bin/env bash
# Builds the root file systems of stacks from what is on this machine; nothing is downloaded.
#
#   build-stack-images.sh [--worker-classes DIR]... [--only NAME] OUT
#
# OUT/jvm-worker  a JVM made by jlink, the worker program, and an archive of their classes: /jre/bin/java @/app/worker.args HANDLER
# OUT/bird        BIRD with its libraries and a configuration without neighbours; it is controlled over a socket, by birdc's protocol:
#                 /usr/sbin/bird -f -c /etc/bird/bird.conf -P /tmp/bird.pid -s SOCKET
# OUT/busybox     busybox and its shell
#
# --worker-classes adds handlers, from a folder or a jar; the first one holds the worker program itself (default: stack-virt/target/classes). What is up to date is
# left as it is, what is half built is built anew. A program that is missing leaves its image out, and says so.
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
script=$repository/scripts/${BASH_SOURCE[0]##*/}

main() {
  local classes=() only='' out=''
  while [[ $# -gt 0 ]]; do
    case $1 in
      --worker-classes)
        [[ -e ${2:-} ]] || fail "--worker-classes: ${2:-} (expected: a folder of class files, or a jar)"
        classes+=("$(realpath "$2")")
        shift 2
        ;;
      --only)
        only=${2:-}
        shift 2 || fail "--only: missing (expected: jvm-worker, bird or busybox)"
        ;;
      -*) fail "$1: unknown option (expected: see the head of this script)" ;;
      *)
        out=$1
        shift
        ;;
    esac
  done
  [[ -n $out ]] || fail "OUT: missing (expected: a folder)"
  [[ ${#classes[@]} -gt 0 ]] || classes=("$repository/stack-virt/target/classes")
  mkdir -p "$out"
  out=$(cd "$out" && pwd)
  exec 9>"$out/.lock"
  flock 9
  local image
  for image in jvm-worker bird busybox; do
    if [[ -z $only || $only == "$image" ]]; then
      "build_${image//-/_}" "$out/$image" "${classes[@]}"
    fi
  done
}

# Calls what fills a folder beside the image and puts it in its place, unless the image was made from the same things.
replace() {
  local image=$1 sum=$2 fill=$3
  shift 3
  [[ -f $image.sum && -d $image && $(<"$image.sum") == "$sum" ]] && return
  rm -rf "$image" "$image.new" "$image.sum"
  mkdir -p "$image.new"/{proc,dev,tmp,run/stack}
  # runc gives a mount the rights of the folder that it covers.
  chmod 1777 "$image.new/tmp"
  "$fill" "$image.new" "$@"
  mv "$image.new" "$image"
  echo "$sum" >"$image.sum"
  echo "built: $image ($(du -sm "$image" | cut -f1) MB)"
}

build_jvm_worker() {
  local image=$1 java_home jlink each folders=()
  shift
  jlink=$(find_jlink) || { left_out "$image" "jlink: missing (expected: a JDK)"; return; }
  java_home=$(dirname "$(dirname "$jlink")")
  rm -rf "$image.unpacked"
  for each in "$@"; do
    if [[ -f $each ]]; then
      mkdir -p "$image.unpacked/${#folders[@]}"
      (cd "$image.unpacked/${#folders[@]}" && "$java_home/bin/jar" --extract --file "$each")
      each=$image.unpacked/${#folders[@]}
    fi
    folders+=("$each")
  done
  set -- "${folders[@]}"
  local sum
  sum=$("$java_home/bin/java" -version 2>&1; cd / && find "$@" -path '*/worker/*' -prune -o -name '*Handler*.class' -print0 |
    sort -z | xargs -0r sha256sum | cut -d' ' -f1; find "$1" -path '*/worker/*.class' -print0 | sort -z | xargs -0r sha256sum | cut -d' ' -f1; sha256sum "$script")
  replace "$image" "$(sha256sum <<<"$sum")" fill_jvm_worker "$java_home" "$@"
  rm -rf "$image.unpacked"
}

find_jlink() {
  if [[ -n ${JAVA_HOME:-} && -x $JAVA_HOME/bin/jlink ]]; then
    echo "$JAVA_HOME/bin/jlink"
  else
    readlink -f "$(command -v jlink)"
  fi
}

fill_jvm_worker() {
  local root=$1 java_home=$2 each
  shift 2
  "$java_home/bin/jlink" --add-modules java.base,jdk.unsupported --output "$root/jre" \
    --strip-debug --no-header-files --no-man-pages --compress=0 >/dev/null
  copy_libraries "$root" "$root/jre/bin/java" "$root"/jre/lib/server/libjvm.so "$root"/jre/lib/*.so
  mkdir -p "$root/app" "$root/app.classes"
  for each in "$@"; do
    # The worker program, and every handler with what is nested in it.
    (cd "$each" && find . \( -path '*/worker/*.class' -o -name '*Handler*.class' \) -print0 |
      xargs -0r cp --parents -t "$root/app.classes")
  done
  "$java_home/bin/jar" --create --file "$root/app/worker.jar" --date=2020-01-01T00:00:00Z -C "$root/app.classes" . 2>/dev/null ||
    "$java_home/bin/jar" --create --file "$root/app/worker.jar" -C "$root/app.classes" .
  rm -r "$root/app.classes"
  cat >"$root/app/worker.args" <<'ARGS'
-XX:SharedArchiveFile=/app/worker.jsa
-Xshare:auto
-Xlog:disable
-Xlog:all=error:stderr
-XX:+UseSerialGC
-XX:TieredStopAtLevel=1
-XX:-UsePerfData
-XX:-UseContainerSupport
-XX:ActiveProcessorCount=1
-XX:ReservedCodeCacheSize=16m
-Xms4m
-Xmx16m
-XX:MaxDirectMemorySize=1g
-Xss256k
-cp
/app/worker.jar
io.foreshard.stackvirt.worker.WorkerMain
ARGS
  archive_classes "$root" || echo "no class archive: it starts more slowly without" >&2
  chmod -R go+rX "$root"
}

# An archive fits the path of the jar as the stack sees it, so it is made from inside. That needs /proc, in a namespace that ends with it.
archive_classes() {
  local root=$1
  [[ $(id -u) -eq 0 ]] || return 1
  unshare --mount --pid --fork --kill-child bash -euc '
    mount -t proc proc "$0/proc"
    mount -t tmpfs tmpfs "$0/run/stack"
    FORESHARD_ENDPOINT=/run/stack/stack.sock chroot "$0" /jre/bin/java -XX:+UseSerialGC -Xmx64m -XX:DumpLoadedClassList=/run/stack/list \
      -cp /app/worker.jar io.foreshard.stackvirt.worker.WorkerMain io.foreshard.stackvirt.worker.EchoHandler >/dev/null 2>&1 &
    for _ in $(seq 100); do [[ -S $0/run/stack/stack.sock ]] && break; sleep 0.05; done
    sleep 0.2
    kill %1
    wait || true
    chroot "$0" /jre/bin/java -XX:+UseSerialGC -Xmx64m -Xshare:dump -XX:SharedClassListFile=/run/stack/list \
      -XX:SharedArchiveFile=/run/stack/worker.jsa -cp /app/worker.jar >/dev/null 2>&1
    cp "$0/run/stack/worker.jsa" "$0/app/worker.jsa"' "$root"
}

build_bird() {
  local image=$1 bird birdc
  bird=$(PATH="$PATH:/usr/sbin" command -v bird) || { left_out "$image" "bird: missing (expected: the package bird2)"; return; }
  birdc=$(PATH="$PATH:/usr/sbin" command -v birdc) || birdc=$bird
  replace "$image" "$(sha256sum "$bird" "$script")" fill_bird "$bird" "$birdc"
}

fill_bird() {
  local root=$1 program
  shift
  mkdir -p "$root/usr/sbin" "$root/etc/bird"
  printf 'log stderr all;\nrouter id 192.0.2.1;\nprotocol device {}\n' >"$root/etc/bird/bird.conf"
  for program in "$@"; do
    cp "$program" "$root/usr/sbin/"
  done
  copy_libraries "$root" "$@"
  printf 'root:x:0:0::/:/none\nnobody:x:65534:65534::/:/none\n' >"$root/etc/passwd"
  chmod -R go+rX "$root"
}

build_busybox() {
  local image=$1 busybox
  busybox=$(command -v busybox) || { left_out "$image" "busybox: missing (expected: the package busybox-static)"; return; }
  replace "$image" "$(sha256sum "$busybox" "$script")" fill_busybox "$busybox"
}

fill_busybox() {
  local root=$1 busybox=$2
  mkdir -p "$root/bin"
  cp "$busybox" "$root/bin/busybox"
  ln -s busybox "$root/bin/sh"
  copy_libraries "$root" "$busybox"
  chmod -R go+rX "$root"
}

# Copies the shared libraries of programs to where they look for them.
copy_libraries() {
  local root=$1 library
  shift
  for library in $(ldd "$@" 2>/dev/null | grep -o '/[^ ]*' | grep -v -e ':$' -e "^$root" | sort -u); do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done
}

left_out() {
  echo "left out: $1: $2" >&2
}

fail() {
  echo "build-stack-images: $1" >&2
  exit 2
}

main "$@"
