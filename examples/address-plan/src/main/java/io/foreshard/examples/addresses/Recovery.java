package io.foreshard.examples.addresses;

/**
 * What came of opening the store again.
 *
 * @param storeMillis how long that took
 * @param engineMillis how long an engine then took until it could be asked
 * @param addresses how many addresses of machines were read
 * @param isEqual whether addresses, handles and shards are exactly those that were held before
 */
record Recovery(double storeMillis, double engineMillis, long addresses, boolean isEqual) {}
