package io.foreshard.examples.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** What went wrong, for people at a terminal. Stateless. */
public final class FaultText {

    private FaultText() {}

    /**
     * Returns what went wrong in one line. What an operating system says is often but the name of the file.
     *
     * @param fault what was thrown
     */
    public static String of(Throwable fault) {
        String text = String.valueOf(fault.getMessage());
        if (fault instanceof NoSuchFileException) {
            return text + ": no such file or folder";
        }
        if (fault instanceof AccessDeniedException) {
            return text + ": access denied";
        }
        if (fault instanceof FileAlreadyExistsException) {
            return text + ": is there already, and is no folder";
        }
        boolean isSaid = fault instanceof IOException
                || fault instanceof UncheckedIOException
                || fault instanceof IllegalArgumentException;
        return isSaid ? text : fault.getClass().getSimpleName() + ": " + text;
    }

    /**
     * Returns a text without what could move the cursor or more.
     *
     * @param text may come from a file
     */
    public static String printable(String text) {
        return text.codePoints()
                .map(symbol -> Character.isISOControl(symbol) ? '\ufffd' : symbol)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
