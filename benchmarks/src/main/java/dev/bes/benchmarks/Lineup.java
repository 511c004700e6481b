package dev.bes.benchmarks;

import dev.bes.benchmarks.engine.Kind;
import java.util.ArrayList;
import java.util.List;

/** Engines that take turns, started side by side. */
final class Lineup implements AutoCloseable {

    private final List<Candidate> candidates = new ArrayList<>();

    /**
     * Starts engines, and returns when all are ready.
     *
     * @throws BenchmarkFailure if one is not known, or does not start
     */
    static Lineup start(List<String> engines, BenchmarkFolder folder, Remote remote, Progress progress) {
        Lineup lineup = new Lineup();
        try {
            for (String engine : engines) {
                progress.begin(engine + ": starting");
                lineup.candidates.add(start(engine, folder, remote));
            }
            return lineup;
        } catch (RuntimeException e) {
            lineup.close();
            throw e;
        }
    }

    private static Candidate start(String engine, BenchmarkFolder folder, Remote remote) {
        return switch (engine) {
            case Orchestrator.NAME -> Orchestrator.start(folder, remote);
            case Orchestrator.TWO_NODES -> Orchestrator.startTwo(folder, remote);
            default -> Other.start(Kind.of(engine), folder, remote);
        };
    }

    List<Candidate> candidates() {
        return candidates;
    }

    @Override
    public void close() {
        candidates.forEach(Candidate::close);
    }
}
