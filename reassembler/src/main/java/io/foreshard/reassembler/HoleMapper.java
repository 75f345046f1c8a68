package io.foreshard.reassembler;

import io.foreshard.shardcodec.BlockGeometry;
import io.foreshard.shardcodec.WireFormat;
import java.util.ArrayList;
import java.util.List;

/** Finds the holes in the content of an unfinished message. Costs as much as its shards have cost, not as it announced. */
final class HoleMapper {

    private final long contentBytes;
    private final List<HoleMap.Hole> holes = new ArrayList<>();
    private boolean exact = true;
    private long reached;

    private HoleMapper(long contentBytes) {
        this.contentBytes = contentBytes;
    }

    static HoleMap holesOf(Message message) {
        HoleMapper mapper = new HoleMapper(message.total() - WireFormat.MESSAGE_TRAILER_BYTES);
        for (Block block : message.blocks().sorted()) {
            Generation generation = block.held() == null ? null : block.leading();
            if (generation != null) {
                mapper.add(BlockGeometry.blockOffset(message.exponent(), block.number()), block.length(), generation);
            }
        }
        mapper.missingUpTo(mapper.contentBytes);
        return new HoleMap(mapper.holes, mapper.exact);
    }

    private void add(long offset, int blockLength, Generation generation) {
        for (int index = 0; index < generation.slots(); index++) {
            if (generation.has(index)) {
                long start = offset + (long) index * generation.shardSize();
                missingUpTo(start);
                reached = start + BlockGeometry.shardLength(blockLength, generation.shardSize(), index);
            }
        }
    }

    private void missingUpTo(long end) {
        long clipped = Math.min(end, contentBytes);
        if (clipped <= reached) {
            return;
        }
        if (holes.size() < HoleMap.MAX_HOLES) {
            holes.add(new HoleMap.Hole(reached, clipped - reached));
        } else {
            HoleMap.Hole last = holes.get(HoleMap.MAX_HOLES - 1);
            holes.set(HoleMap.MAX_HOLES - 1, new HoleMap.Hole(last.offset(), clipped - last.offset()));
            exact = false;
        }
    }
}
