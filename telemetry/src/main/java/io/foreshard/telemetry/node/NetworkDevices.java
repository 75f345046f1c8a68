package io.foreshard.telemetry.node;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which network devices stand for a server's capacity. */
final class NetworkDevices {

    /** Matches devices that carry only what a real one carries too, and the loopback. */
    static final String VIRTUAL =
            "lo|veth.*|docker.*|br-.*|virbr.*|cni.*|flannel.*|cali.*|cilium.*|lxc.*|tun.*|tap.*|dummy.*|ifb.*|kube.*";

    private NetworkDevices() {}

    static Predicate<String> real() {
        return Pattern.compile(VIRTUAL).asMatchPredicate().negate();
    }
}
