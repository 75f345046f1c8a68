package io.foreshard.jmh.lossy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LossyTaskTest {

    @Test
    void comesOutOfItsArgumentsAsItWentIn() {
        LossyTask task = new LossyTask(Path.of("rows.csv"), LossyContender.QUIC_BBR, 1, 2, 3, 250, 300, -7, 250, 20);
        String[] arguments = Stream.of(task.arguments()).map(Object::toString).toArray(String[]::new);
        assertEquals(task, LossyTask.parse(arguments));
    }
}
