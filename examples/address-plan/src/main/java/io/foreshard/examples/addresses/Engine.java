package io.foreshard.examples.addresses;

import io.foreshard.addrsharding.engine.AddressSharder;
import io.foreshard.addrsharding.engine.HandOut;
import io.foreshard.addrsharding.engine.StockReport;
import io.foreshard.addrsharding.journal.JournalStore;
import io.foreshard.addrsharding.prefetch.Prefetcher;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.prefix.PrefixAggregation;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.addrsharding.spi.StoreException;
import io.foreshard.coreapi.GateReason;
import io.netty.util.concurrent.DefaultEventExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An engine of address sharding over a journal in a folder of its own, in virtual time: each tick waits until all has happened that it set off.
 * Confined to one thread; the engine's and the journal's are its own.
 */
final class Engine implements AutoCloseable {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final String name;
    private final Settings settings;
    private final Path folder;
    private final DefaultEventExecutor executor = new DefaultEventExecutor();
    private final ExecutorService commits = Executors.newSingleThreadExecutor();
    private final WatchedStore store;
    private final SlowWarmer warmer;
    private final AddressSharder sharder;
    private final AtomicLong pushes = new AtomicLong();

    private final Map<Integer, CompletableFuture<HandOut>> asked = new HashMap<>();
    private final Map<Integer, Allocation> held = new HashMap<>();
    private final Map<Prefix, Integer> holders = new HashMap<>();
    private final List<Integer> ended = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private long duplicates;
    private long refused;
    private int predictiveSteps;

    /**
     * Begins.
     *
     * @param prefetcher what it has learnt is kept
     * @param folder empty
     * @throws IOException if the folder cannot be used
     */
    Engine(String name, Settings settings, Prefetcher prefetcher, Path folder) throws IOException {
        this.name = name;
        this.settings = settings;
        this.folder = folder;
        warmer = new SlowWarmer(settings.refillMillis());
        warmer.now(settings.churn().fromMillis());
        store = new WatchedStore(journal());
        sharder = join(settings.engine(executor, store)
                .prefetcher(prefetcher)
                .warmer(warmer)
                .routers(shards -> {
                    pushes.incrementAndGet();
                    return CompletableFuture.completedFuture(new PushOutcome.Applied());
                })
                .open(settings.churn().fromMillis()));
    }

    private JournalStore journal() throws IOException {
        try {
            return JournalStore.builder(folder, commits).open();
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Moves time on: looks at all stocks, or ends a step, and lets refills come that are due, before anybody asks. */
    void tick(long nowMillis, boolean isStep) throws InterruptedException {
        warmer.now(nowMillis);
        join(isStep ? sharder.step(nowMillis) : sharder.look(nowMillis));
        warmer.completeDue();
        settle();
    }

    /** Asks for an address. */
    void begin(int machine, long nowMillis) {
        Machine which = settings.churn().machines().get(machine);
        String subdivision = settings.churn().subdivisions().get(which.subdivision());
        asked.put(
                machine,
                sharder.take(subdivision, settings.churn().family(which.subdivision()), "vm-" + machine, nowMillis)
                        .toCompletableFuture());
    }

    /** Gives the address of a machine back; one that still waits for it does so later. */
    void end(int machine) {
        ended.add(machine);
    }

    /** Gives back what was held by machines that have ended. */
    void release(long nowMillis) {
        for (Iterator<Integer> each = ended.iterator(); each.hasNext(); ) {
            int machine = each.next();
            Allocation address = held.remove(machine);
            if (address != null) {
                holders.remove(address.prefix(), machine);
                sharder.release(address, nowMillis);
            }
            if (!asked.containsKey(machine)) {
                each.remove();
            }
        }
    }

    /** Waits until nothing happens any more, and takes what was handed out. */
    void settle() throws InterruptedException {
        long start = System.nanoTime();
        boolean isQuiet = false;
        while (!isQuiet) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new IllegalStateException(name + ": something goes on for more than half a minute");
            }
            store.awaitIdle();
            // Nothing begins but by a task of the executor, a change of the store, or this thread.
            isQuiet =
                    join(CompletableFuture.supplyAsync(() -> executor.pendingTasks() == 0 && store.isIdle(), executor));
        }
        for (Iterator<Map.Entry<Integer, CompletableFuture<HandOut>>> each =
                        asked.entrySet().iterator();
                each.hasNext(); ) {
            Map.Entry<Integer, CompletableFuture<HandOut>> request = each.next();
            if (request.getValue().isDone()) {
                each.remove();
                take(request.getKey(), request.getValue().join());
            }
        }
    }

    private void take(int machine, HandOut answer) {
        if (answer instanceof HandOut.Given given) {
            held.put(machine, given.address());
            duplicates += holders.put(given.address().prefix(), machine) == null ? 0 : 1;
        } else {
            refused++;
        }
    }

    /** Takes down how it stands at the end of a step. */
    Sample sample(long nowMillis) {
        List<StockReport> stocks = join(sharder.stocks());
        List<Allocation> shards = confirmed(join(sharder.shards()));
        Sample sample = new Sample(
                (nowMillis - settings.churn().fromMillis()) / 3.6e6,
                stocks.stream().mapToLong(StockReport::inUse).sum(),
                stocks.stream().mapToLong(StockReport::warm).sum(),
                stocks.stream().mapToLong(StockReport::ordered).sum(),
                stocks.stream().mapToLong(StockReport::backlog).sum(),
                stocks.stream().mapToLong(StockReport::hits).sum(),
                stocks.stream().mapToLong(StockReport::misses).sum(),
                shards.size(),
                routes(shards));
        samples.add(sample);
        predictiveSteps += sharder.gate().reason() == GateReason.PROVEN ? 1 : 0;
        return sample;
    }

    private static int routes(List<Allocation> confirmed) {
        return confirmed.stream()
                .collect(Collectors.groupingBy(
                        Allocation::subdivision, Collectors.mapping(Allocation::prefix, Collectors.toList())))
                .values()
                .stream()
                .mapToInt(prefixes -> PrefixAggregation.of(prefixes).size())
                .sum();
    }

    private static List<Allocation> confirmed(List<Allocation> all) {
        return all.stream()
                .filter(each -> each.status() == AllocationStatus.CONFIRMED)
                .toList();
    }

    /** Ends the engine, opens its store again and compares. */
    Outcome finish() throws IOException, InterruptedException {
        List<StockReport> stocks = join(sharder.stocks());
        List<Allocation> shards = join(sharder.shards());
        var space = join(sharder.space());
        var gate = sharder.gate();
        sharder.close();
        settle();
        store.close();
        long bytes = bytes();
        return new Outcome(
                name,
                List.copyOf(samples),
                stocks,
                shards,
                space,
                gate,
                (double) predictiveSteps / Math.max(1, samples.size()),
                pushes.get(),
                duplicates,
                refused,
                store.recorded(),
                bytes,
                recover(confirmed(shards)));
    }

    private Recovery recover(List<Allocation> shardsBefore) throws IOException {
        long now = settings.churn().toMillis();
        long start = System.nanoTime();
        try (JournalStore again = journal()) {
            long opened = System.nanoTime();
            try (AddressSharder revived = join(settings.engine(executor, again).open(now))) {
                List<Allocation> shards = confirmed(join(revived.shards()));
                long asked = System.nanoTime();
                List<Allocation> addresses = new ArrayList<>();
                join(again.load(each -> {
                    if (each.status() == AllocationStatus.CONFIRMED
                            && each.prefix().isAddress()) {
                        addresses.add(each);
                    }
                }));
                boolean isEqual = Map.copyOf(byHandle(addresses)).equals(byHandle(held.values()))
                        && shards.containsAll(shardsBefore);
                return new Recovery((opened - start) / 1e6, (asked - opened) / 1e6, addresses.size(), isEqual);
            }
        }
    }

    private static Map<String, Allocation> byHandle(Iterable<Allocation> addresses) {
        Map<String, Allocation> byHandle = new HashMap<>();
        addresses.forEach(each -> byHandle.put(each.handle(), each));
        return byHandle;
    }

    private long bytes() throws IOException {
        long all = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                all += Files.size(file);
            }
        }
        return all;
    }

    @Override
    public void close() {
        sharder.close();
        store.close();
        executor.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        commits.shutdown();
    }
}
