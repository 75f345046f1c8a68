package io.foreshard.examples.bonded;

import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.Transports;
import io.foreshard.flowsharder.relay.Relay;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A relay as a process of its own, which ends when its standard input does. */
final class RelayProcess {

    private RelayProcess() {}

    /** Listens at a port of all addresses, and says "ready" when it does. */
    public static void main(String[] arguments) throws IOException {
        try (Cleanup cleanup = new Cleanup(Main.NAME)) {
            InetSocketAddress where = new InetSocketAddress(Integer.parseInt(arguments[0]));
            Relay relay = Transports.started(Relay.builder(Transports.group(1, cleanup), Secrets.routes())
                    .localAddress(where)
                    .start());
            cleanup.add(() -> relay.close().await());
            System.out.println("ready");
            while (System.in.read() >= 0) {
                // Until whoever started us is gone.
            }
        }
    }
}
