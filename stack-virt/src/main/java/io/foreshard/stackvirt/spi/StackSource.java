package io.foreshard.stackvirt.spi;

import io.foreshard.runtime.Checks;
import java.nio.file.Path;
import java.util.List;

/** What a stack is made of. An engine says by {@link StackEngine#runs} which of these it takes. */
public sealed interface StackSource {

    /**
     * A root file system on this machine and the command that is started in it.
     *
     * @param root an absolute path; read only for the stack
     * @param command absolute path inside of the root, and its arguments
     */
    record FileSystem(Path root, List<String> command) implements StackSource {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if the path is relative or the command is empty
         */
        public FileSystem {
            Checks.require(root.isAbsolute(), "root", root, "an absolute path");
            command = List.copyOf(command);
            Checks.require(!command.isEmpty(), "command", command, "a program and its arguments");
        }
    }

    /**
     * An image that the engine knows by name.
     *
     * @param reference as the engine writes it, such as {@code localhost/bird:2}
     * @param command what to start instead of what the image says; empty for that
     */
    record Image(String reference, List<String> command) implements StackSource {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if the reference is blank
         */
        public Image {
            Checks.require(!reference.isBlank(), "reference", reference, "the name of an image");
            command = List.copyOf(command);
        }
    }

    /**
     * A stack that runs in this process.
     *
     * @param name under which the engine was given what makes it
     */
    record InProcess(String name) implements StackSource {

        /**
         * Checks the value.
         *
         * @throws IllegalArgumentException if the name is blank
         */
        public InProcess {
            Checks.require(!name.isBlank(), "name", name, "the name of an in-process stack");
        }
    }
}
