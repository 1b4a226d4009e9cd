# Becomes the first process of a container: enter.sh ROOT VOLUME TARGET HOSTS USER DIRECTORY WORDS…
# It is run in fresh namespaces for mounts and processes; its environment is the container's.
set -eu

root=$1 volume=$2 target=$3 hosts=$4 user=$5 directory=$6
shift 6

mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount -t tmpfs -o nosuid,mode=755,size=1m tmpfs "$root/dev"
mknod -m 666 "$root/dev/null" c 1 3
mknod -m 666 "$root/dev/zero" c 1 5
mknod -m 666 "$root/dev/full" c 1 7
mknod -m 666 "$root/dev/random" c 1 8
mknod -m 666 "$root/dev/urandom" c 1 9
mkdir "$root/dev/shm"
mount -t tmpfs -o nosuid,nodev,noexec,mode=1777,size=64m tmpfs "$root/dev/shm"
mount -t tmpfs -o nosuid,nodev,mode=1777 tmpfs "$root/tmp"
mount --bind "$volume" "$root$target"
mount --bind -o ro "$hosts" "$root/etc/hosts"

# Capabilities go with root; those that chroot needs are left in the bounding set, where nobody can
# take them up again.
exec setpriv --no-new-privs --inh-caps=-all --bounding-set=-all,+sys_chroot,+setuid,+setgid \
    chroot --userspec="$user" --groups= "$root" env --chdir="$directory" "$@"
