package dev.bes.benchmarks.candidate;

import dev.bes.benchmarks.stub.StubKind;
import java.util.Arrays;

/**
 * The name of an engine in the tables, with the kind of the remote service if that is not BES.
 *
 * @param engine name of the engine
 * @param remote kind of the remote service
 */
public record CandidateName(String engine, StubKind remote) {

    private static final String SEPARATOR = "-";

    /** The engine and the kind that a name stands for. */
    static CandidateName parse(String name) {
        return Arrays.stream(StubKind.values())
                .filter(kind -> name.endsWith(SEPARATOR + kind.title()))
                .findFirst()
                .map(kind -> new CandidateName(
                        name.substring(
                                0,
                                name.length()
                                        - SEPARATOR.length()
                                        - kind.title().length()),
                        kind))
                .orElseGet(() -> new CandidateName(name, StubKind.BES));
    }

    /** The name of an engine that calls a kind of remote service. */
    public static String of(String engine, StubKind remote) {
        return remote == StubKind.BES ? engine : engine + SEPARATOR + remote.title();
    }
}
