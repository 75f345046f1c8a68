/**
 * Watches the messages of each kind of stack and of each key of traffic, and says how many stacks will be needed soon. In: arrivals and answers with
 * their times. Out: {@link io.foreshard.stackvirt.spi.TrafficOutlook}. One thread at a time.
 */
@NullMarked
package io.foreshard.stackvirt.traffic;

import org.jspecify.annotations.NullMarked;
