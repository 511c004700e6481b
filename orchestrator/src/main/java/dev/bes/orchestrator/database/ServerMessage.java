package dev.bes.orchestrator.database;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;

/** What the server or the driver said, in one line: what others put around it says only that there was trouble. */
final class ServerMessage {
    private static final int MOST_CAUSES = 20;

    private ServerMessage() {}

    static String of(Throwable e) {
        String host = causes(e).anyMatch(UnknownHostException.class::isInstance) ? "its host is not known: " : "";
        Throwable innermost = causes(e).filter(SQLException.class::isInstance).reduce(e, (outer, inner) -> inner);
        return host
                + String.valueOf(innermost.getMessage())
                        .strip()
                        .lines()
                        .findFirst()
                        .orElse("");
    }

    /** An exception and its causes, from the outside in. */
    static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause).limit(MOST_CAUSES);
    }
}
