package io.foreshard.stackvirt.virtualizer;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** The messages of several routers in the order in which they came. Each router's are in order already, or the result is not. */
final class MergedHistory implements Iterable<PastMessage> {

    private final List<Iterable<PastMessage>> routers;

    MergedHistory(List<Iterable<PastMessage>> routers) {
        this.routers = List.copyOf(routers);
    }

    /** A router whose next message is known. */
    private record Head(PastMessage message, Iterator<PastMessage> more) {}

    @Override
    public Iterator<PastMessage> iterator() {
        PriorityQueue<Head> heads = new PriorityQueue<>(
                Comparator.comparingLong(head -> head.message().fromMillis()));
        routers.forEach(router -> offer(heads, router.iterator()));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !heads.isEmpty();
            }

            @Override
            public PastMessage next() {
                Head first = heads.poll();
                if (first == null) {
                    throw new NoSuchElementException("no message is left");
                }
                offer(heads, first.more());
                return first.message();
            }
        };
    }

    private static void offer(PriorityQueue<Head> heads, Iterator<PastMessage> more) {
        if (more.hasNext()) {
            heads.add(new Head(more.next(), more));
        }
    }
}
