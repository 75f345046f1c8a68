package io.foreshard.stackvirt.engine.oci;

/** Whom the processes of a stack run as. */
record OciUser(int uid, int gid) {}
