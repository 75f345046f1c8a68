package io.foreshard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReason;
import io.foreshard.coreapi.GateReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateEventTest {

    @TempDir
    private Path folder;

    @Test
    void everyChangeIsRecordedWithItsNumbers() throws IOException {
        GateDrive drive = new GateDrive(1, GateMode.FREE, 0.02).error(0.5);
        drive.harm = 3;
        try (Recording recording = new Recording()) {
            recording.enable("io.foreshard.Gate");
            recording.start();
            drive.run(500);
            recording.stop();
            Path file = folder.resolve("gate.jfr");
            recording.dump(file);
            List<RecordedEvent> events = RecordingFile.readAllEvents(file);
            assertEquals(drive.reasons().stream().map(GateReason::name).toList(), reasons(events));
            GateReport regret = drive.changes.get(1);
            RecordedEvent last = events.get(1);
            assertEquals(GateReason.REGRET.name(), last.getString("reason"));
            assertEquals("path", last.getString("subject"));
            assertEquals(regret.scaledError(), last.getDouble("scaledError"));
            assertEquals(regret.regret(), last.getDouble("regret"));
            assertEquals(regret.regretError(), last.getDouble("regretError"));
            assertEquals(regret.pairs(), last.getLong("pairs"));
        }
    }

    private static List<String> reasons(List<RecordedEvent> events) {
        return events.stream().map(event -> event.getString("reason")).toList();
    }
}
