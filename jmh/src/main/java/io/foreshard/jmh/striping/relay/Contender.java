package io.foreshard.jmh.striping.relay;

import io.foreshard.flowsharder.relay.RelayMode;
import io.foreshard.jmh.run.Contestant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A relay that takes part: one worker each, all else as it is best. */
enum Contender {
    FORESHARD {
        @Override
        List<String> command(Path work, int port, int sinkPort) {
            return ours(RelayMode.COPY, port);
        }

        @Override
        byte[] header(int sinkPort) {
            return RelayContestant.header(sinkPort);
        }
    },
    HAPROXY {
        @Override
        List<String> command(Path work, int port, int sinkPort) throws IOException {
            return haproxy(work.resolve("haproxy.cfg"), DEFAULT_BUFFER, "", port, sinkPort);
        }
    },
    /** With buffers as large as ours, of which its manual advises against: shown beside, not counted. */
    HAPROXY_512K {
        @Override
        List<String> command(Path work, int port, int sinkPort) throws IOException {
            return haproxy(work.resolve("haproxy-512k.cfg"), LARGE_BUFFER, "", port, sinkPort);
        }
    },
    NGINX_STREAM {
        @Override
        List<String> command(Path work, int port, int sinkPort) throws IOException {
            return nginx(work.resolve("nginx.conf"), "64k", port, sinkPort);
        }
    },
    /** With a buffer as large as ours for each connection, whether it is used or not: shown beside, not counted. */
    NGINX_STREAM_512K {
        @Override
        List<String> command(Path work, int port, int sinkPort) throws IOException {
            return nginx(work.resolve("nginx-512k.conf"), "512k", port, sinkPort);
        }
    },
    HEX_DUMP_PROXY {
        @Override
        List<String> command(Path work, int port, int sinkPort) {
            return java(HexDumpProxyContestant.class, Integer.toString(port), Integer.toString(sinkPort));
        }
    },
    FORESHARD_SPLICE {
        @Override
        List<String> command(Path work, int port, int sinkPort) {
            return ours(RelayMode.SPLICE, port);
        }

        @Override
        byte[] header(int sinkPort) {
            return RelayContestant.header(sinkPort);
        }
    },
    HAPROXY_SPLICE {
        @Override
        List<String> command(Path work, int port, int sinkPort) throws IOException {
            return haproxy(work.resolve("haproxy-splice.cfg"), DEFAULT_BUFFER, "option splice-auto", port, sinkPort);
        }
    };

    static final List<Contender> COPYING =
            List.of(FORESHARD, HAPROXY, NGINX_STREAM, HEX_DUMP_PROXY, HAPROXY_512K, NGINX_STREAM_512K);
    static final List<Contender> SPLICING = List.of(FORESHARD_SPLICE, HAPROXY_SPLICE);

    private static final int DEFAULT_BUFFER = 16 << 10;
    private static final int LARGE_BUFFER = 512 << 10;

    /** Returns what starts it; writes its configuration first. */
    abstract List<String> command(Path work, int port, int sinkPort) throws IOException;

    /** Returns whether the best of the others may be this one. */
    boolean counts() {
        return this != HAPROXY_512K && this != NGINX_STREAM_512K;
    }

    /** Returns whether it has to run for a while until it is as fast as it gets. */
    boolean isJava() {
        return this == FORESHARD || this == FORESHARD_SPLICE || this == HEX_DUMP_PROXY;
    }

    /** Returns what connections to it begin with. */
    byte[] header(int sinkPort) {
        return new byte[0];
    }

    /** Returns what figures call it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> ours(RelayMode mode, int port) {
        return java(RelayContestant.class, mode.name(), Integer.toString(port));
    }

    private static List<String> java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(Contestant.java(main).command());
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<String> haproxy(Path file, int bufferBytes, String option, int port, int sinkPort)
            throws IOException {
        Files.writeString(file, """
                global
                  nbthread 1
                  maxconn 1000
                  tune.bufsize %d
                defaults
                  mode tcp
                  timeout connect 5s
                  timeout client 60s
                  timeout server 60s
                  %s
                listen relay
                  bind 127.0.0.1:%d
                  server sink 127.0.0.1:%d
                """.formatted(bufferBytes, option, port, sinkPort));
        return List.of("haproxy", "-db", "-q", "-f", file.toString());
    }

    private static List<String> nginx(Path file, String buffer, int port, int sinkPort) throws IOException {
        Files.writeString(file, """
                load_module /usr/lib/nginx/modules/ngx_stream_module.so;
                daemon off;
                master_process off;
                pid %s.pid;
                error_log stderr;
                events { worker_connections 1024; }
                stream {
                  server {
                    listen 127.0.0.1:%d;
                    proxy_pass 127.0.0.1:%d;
                    proxy_buffer_size %s;
                  }
                }
                """.formatted(file, port, sinkPort, buffer));
        return List.of("nginx", "-c", file.toString());
    }
}
