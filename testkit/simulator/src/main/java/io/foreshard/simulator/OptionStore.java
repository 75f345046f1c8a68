package io.foreshard.simulator;

import io.netty.channel.ChannelOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Socket options that are kept for whoever asks. */
final class OptionStore {

    private final Map<ChannelOption<?>, Object> values = new LinkedHashMap<>();

    <T> OptionStore with(ChannelOption<T> option, T value) {
        values.put(option, value);
        return this;
    }

    <T> void put(ChannelOption<T> option, T value) {
        values.put(option, value);
    }

    @SuppressWarnings("unchecked")
    <T> @Nullable T get(ChannelOption<T> option) {
        return (T) values.get(option);
    }

    int getInt(ChannelOption<Integer> option) {
        Integer value = get(option);
        return value == null ? 0 : value;
    }

    boolean getBoolean(ChannelOption<Boolean> option) {
        return Boolean.TRUE.equals(get(option));
    }

    /** Options of native transports are known by name only. */
    boolean isTrue(String simpleName) {
        return values.entrySet().stream()
                .anyMatch(entry -> entry.getKey().name().endsWith(simpleName) && Boolean.TRUE.equals(entry.getValue()));
    }

    Map<ChannelOption<?>, Object> all() {
        return Map.copyOf(values);
    }
}
