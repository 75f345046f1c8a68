package io.foreshard.shardcodec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeCodecTest {

    @Test
    void readsTheMessagesOfADone() {
        ByteBuf body = Unpooled.buffer();
        OutcomeCodec.writeDone(body, new long[] {1, -1, 7}, 2);
        List<Long> seen = new ArrayList<>();
        assertTrue(OutcomeCodec.readDone(body, 0, body.readableBytes(), seen::add));
        assertEquals(List.of(1L, -1L), seen);
    }

    @Test
    void visitsNothingOfADoneThatIsCut() {
        ByteBuf body = Unpooled.buffer();
        OutcomeCodec.writeDone(body, new long[] {1, 2}, 2);
        List<Long> seen = new ArrayList<>();
        for (int length = 0; length < body.readableBytes(); length++) {
            assertFalse(OutcomeCodec.readDone(body, 0, length, seen::add));
        }
        assertFalse(OutcomeCodec.readDone(body.writeByte(0), 0, body.readableBytes(), seen::add));
        assertEquals(List.of(), seen);
    }

    @Test
    void readsTheRejectThatWasWritten() {
        Property.named("reject round trip").check((random, size) -> {
            OutcomeCodec.Rejection rejection = RandomPackets.rejection(random);
            ByteBuf body = Unpooled.buffer();
            OutcomeCodec.writeReject(body, rejection);
            assertEquals(rejection, OutcomeCodec.readReject(body, 0, body.readableBytes()));
            assertNull(OutcomeCodec.readReject(body, 0, body.readableBytes() - 1));
        });
    }

    @Test
    void numbersOnTheWireNameWhatTheyNamed() {
        for (RejectReason reason : RejectReason.values()) {
            assertEquals(reason, RejectReason.ofCode(reason.code()));
        }
        for (CloseReason reason : CloseReason.values()) {
            assertEquals(reason, CloseReason.ofCode(reason.code()));
        }
        for (Contract contract : Contract.values()) {
            assertEquals(contract, Contract.ofCode(contract.code()));
        }
        for (PacketKind kind : PacketKind.values()) {
            assertEquals(kind, PacketKind.ofCode(kind.code()));
        }
        for (int unknown : new int[] {-1, 13, 255, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertNull(PacketKind.ofCode(unknown));
            assertNull(Contract.ofCode(unknown));
            assertNull(RejectReason.ofCode(unknown));
            assertNull(CloseReason.ofCode(unknown));
        }
    }

    @Test
    void everyReasonToDropTellsTheOperatorWhatToDo() {
        for (WireReason reason : WireReason.values()) {
            assertTrue(reason.operatorAction().endsWith("."), reason.toString());
        }
    }
}
