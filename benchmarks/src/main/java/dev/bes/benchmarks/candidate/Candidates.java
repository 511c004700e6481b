package dev.bes.benchmarks.candidate;

import dev.bes.benchmarks.engine.EngineKind;
import dev.bes.benchmarks.environment.BenchmarkFailure;
import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.environment.StubProcess;
import dev.bes.benchmarks.report.Progress;
import java.util.ArrayList;
import java.util.List;

/** Engines that take turns, started side by side. */
public final class Candidates implements AutoCloseable {

    private final List<Candidate> candidates = new ArrayList<>();

    /**
     * Starts engines, and returns when all are ready.
     *
     * @throws BenchmarkFailure if one is not known, or does not start
     */
    public static Candidates start(
            List<String> engines, BenchmarkFolder folder, StubProcess remote, Progress progress) {
        Candidates candidates = new Candidates();
        try {
            for (String engine : engines) {
                progress.begin(engine + ": starting");
                candidates.candidates.add(start(engine, folder, remote));
            }
            return candidates;
        } catch (RuntimeException e) {
            candidates.close();
            throw e;
        }
    }

    private static Candidate start(String engine, BenchmarkFolder folder, StubProcess remote) {
        CandidateName name = CandidateName.parse(engine);
        return switch (name.engine()) {
            case OrchestratorCandidate.NAME -> OrchestratorCandidate.start(folder, remote, name.remote());
            case OrchestratorCandidate.FOLDING -> OrchestratorCandidate.startFolding(folder, remote);
            case OrchestratorCandidate.TWO_NODES -> OrchestratorCandidate.startTwo(folder, remote);
            default -> EngineCandidate.start(EngineKind.of(name.engine()), folder, remote, name.remote());
        };
    }

    /** All engines, in the order of their start. */
    public List<Candidate> all() {
        return candidates;
    }

    @Override
    public void close() {
        candidates.forEach(Candidate::close);
    }
}
