package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.spi.StoreException;
import io.foreshard.addrsharding.spi.StoreFailure;
import java.io.IOException;

/** Makes the exceptions of reading. */
final class Corruption {

    private Corruption() {}

    static StoreException at(String file, long offset, String detail) {
        return new StoreException(new StoreFailure(StoreFailure.Reason.CORRUPT, file, offset, detail));
    }

    static StoreException newer(String file, int version) {
        String detail = "version " + version + " (expected: at most " + JournalFormat.VERSION + ")";
        return new StoreException(new StoreFailure(StoreFailure.Reason.NEWER_VERSION, file, 8, detail));
    }

    static StoreException io(String file, IOException cause) {
        return new StoreException(new StoreFailure(StoreFailure.Reason.IO, file, -1, detail(cause)), cause);
    }

    static String detail(IOException cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
