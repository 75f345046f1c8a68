package io.foreshard.stackvirt.engine.text;

import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.spi.StackCodec;
import io.foreshard.stackvirt.spi.StackProtocol;
import io.foreshard.stackvirt.spi.StackWire;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A protocol of requests of one line and replies whose lines begin with a code of four digits, such as the one by which BIRD is controlled: {@code
 * 1007-} and {@code 0000 } begin a line that is followed by more of the reply, and its last one; a line that begins with a space has the code of
 * the one before. A stack greets first, and answers in order.
 *
 * <p>A message is the request without its line end. The answer is the whole reply as it came, codes and line ends included: whether a code means
 * an error is for the sender to judge. Lines that begin with {@code +} belong to no reply and are left out, as many bytes of them
 * between two replies as a reply may have. The next request is sent when the one
 * before is answered, as BIRD closes connections on which about 1000 bytes of requests wait. So one that the stack never answers holds up its
 * link, which its health check finds out.
 *
 * <p>A message is refused unless it is 1 to {@code longestRequest} bytes of printable ASCII, begins with a letter, and not with one of {@code
 * withheld}. Immutable.
 *
 * @param name of the protocol, in kebab-case
 * @param greeting the code of the greeting, 0 to 9999
 * @param opening requests that a link begins with; a reply whose code does not begin with 0 breaks the protocol
 * @param question asks whether the stack is well, which it is if the code of the reply begins with 0
 * @param withheld first words of requests that are never sent, in small letters: those that the stack does not answer, above all
 * @param longestRequest bytes, 1 to 65 536, without the line end
 */
public record ReplyCodeProtocol(
        String name, int greeting, List<String> opening, String question, Set<String> withheld, int longestRequest)
        implements StackProtocol {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern REQUEST = Pattern.compile("[A-Za-z][ -~]*");
    private static final int MOST_CODE = 9999;
    private static final int MOST_REQUEST = 1 << 16;
    /** What BIRD 2 takes in one piece, less the line end. */
    private static final int LONGEST_OF_BIRD = 1022;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range or no request
     */
    public ReplyCodeProtocol {
        Checks.require(NAME.matcher(name).matches(), "name", name, NAME.pattern());
        Checks.inRange("greeting", greeting, 0, MOST_CODE);
        opening = List.copyOf(opening);
        opening.forEach(each -> checkRequest("opening", each));
        checkRequest("question", question);
        withheld = Set.copyOf(withheld);
        Checks.inRange("longestRequest", longestRequest, 1, MOST_REQUEST);
    }

    private static void checkRequest(String what, String request) {
        Checks.require(REQUEST.matcher(request).matches(), what, request, REQUEST.pattern());
    }

    /**
     * Returns BIRD's control protocol (tried with version 2.0.12), named {@code bird}. Links begin with {@code restrict}, so that messages can ask all and
     * change nothing. Withheld are {@code quit}, {@code exit} and {@code help}, which BIRD does not answer, and {@code echo}, which would mix its
     * log into the replies.
     */
    public static ReplyCodeProtocol bird() {
        return new ReplyCodeProtocol(
                "bird", 1, List.of("restrict"), "show status", Set.of("quit", "exit", "help", "echo"), LONGEST_OF_BIRD);
    }

    @Override
    public StackCodec open(StackWire wire, int largestMessage) {
        return new ReplyCodeCodec(this, wire, largestMessage);
    }
}
