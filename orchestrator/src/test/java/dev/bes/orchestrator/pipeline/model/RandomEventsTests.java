package dev.bes.orchestrator.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Whatever happens in whatever order to nodes, calls, jobs and people: the rows and the remote side never contradict what is
 * promised. Every sequence is drawn from a seed of its own, counted from a base seed that is printed.
 *
 * <p>{@code -Drandom.base=N} begins elsewhere, {@code -Drandom.sequences=N} makes more of them; one that fails is told with its
 * seed and its shortest form, and {@code -Drandom.base=SEED -Drandom.sequences=1} plays it again.
 */
@Tag("slow")
class RandomEventsTests {
    private static final long BASE = Long.getLong("random.base", 1);
    private static final int SEQUENCES = Integer.getInteger("random.sequences", 2_000);
    /** A protocol of one step has fewer moments. */
    private static final int SEQUENCES_OF_ONE_STEP = SEQUENCES / 8;

    private static final int AT_ONCE = 2;
    private static final int ENOUGH_TO_FIND_A_FLAW = 400;

    @TempDir
    static Path folder;

    @BeforeAll
    static void putTheInputInPlace() throws IOException {
        Files.writeString(folder.resolve("day.csv"), "text\nThis is a good day\n");
        Files.writeString(folder.resolve("rows.csv"), "text\na\nbc\ndef\ngh\ni\n");
    }

    private static Trace play(Script script, Protocol protocol, PlantedDefect plantedDefect) {
        return new SequenceRun(script, protocol, folder, plantedDefect).run().trace();
    }

    private static boolean fails(Script script, Protocol protocol, PlantedDefect plantedDefect) {
        return !play(script, protocol, plantedDefect).violations.isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void violateNoInvariant(Protocol protocol) throws Exception {
        int sequences = protocol == Protocol.TWO_STEP ? SEQUENCES : SEQUENCES_OF_ONE_STEP;
        System.out.printf("Random events, %s: %,d sequences from base seed %d%n", protocol, sequences, BASE);
        AtomicLong next = new AtomicLong(BASE);
        List<Future<List<Long>>> workers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = 0; i < AT_ONCE; i++) {
                workers.add(threads.submit(() -> failing(protocol, next, BASE + sequences)));
            }
        }
        List<Long> failing = new ArrayList<>();
        for (Future<List<Long>> worker : workers) {
            failing.addAll(worker.get());
        }
        assertThat(failing).as(() -> explained(protocol, failing)).isEmpty();
    }

    private static List<Long> failing(Protocol protocol, AtomicLong next, long end) {
        List<Long> failing = new ArrayList<>();
        for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
            if (fails(Script.of(seed), protocol, PlantedDefect.NONE)) {
                failing.add(seed);
            }
        }
        return failing;
    }

    private static String explained(Protocol protocol, List<Long> failing) {
        if (failing.isEmpty()) {
            return "no seed";
        }
        Script script = shortened(Script.of(failing.getFirst()), protocol);
        return "seeds " + failing + "; the first one, shortened, with " + script.setting() + ":\n"
                + String.join("\n", play(script, protocol, PlantedDefect.NONE).lines);
    }

    /** The same sequence without the events that the failure does not need. */
    private static Script shortened(Script script, Protocol protocol) {
        Script shortest = script;
        for (int i = script.events().size() - 1; i >= 0; i--) {
            List<Event> fewer = new ArrayList<>(shortest.events());
            fewer.remove(i);
            if (fails(shortest.with(fewer), protocol, PlantedDefect.NONE)) {
                shortest = shortest.with(fewer);
            }
        }
        return shortest;
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void revealEveryInjectedFlaw(PlantedDefect plantedDefect) {
        assertThat(LongStream.range(0, ENOUGH_TO_FIND_A_FLAW)
                        .anyMatch(seed -> fails(Script.of(seed), plantedDefect.protocol(), plantedDefect)))
                .isTrue();
    }
}
