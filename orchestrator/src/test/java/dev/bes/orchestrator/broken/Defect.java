package dev.bes.orchestrator.broken;

import dev.bes.orchestrator.remote.NamedJobs;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.remote.UnnamedJobs;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A way in which the service could have been built wrong; none, unless a subclass says which. */
class Defect {
    private final String words;

    Defect(String words) {
        this.words = words;
    }

    /** What its statements say instead, part by part. */
    Map<String, String> statements() {
        return Map.of();
    }

    /** What is missing in the tables. */
    void spoil(JdbcClient tables) {}

    /** What it does to remote jobs instead. */
    TwoStepJobs jobs(TwoStepJobs real, JdbcClient tables) {
        return real;
    }

    /** What it does to jobs under names of ours instead. */
    NamedJobs named(NamedJobs real) {
        return real;
    }

    /** What it does to jobs whose id only the answer tells instead. */
    UnnamedJobs unnamed(UnnamedJobs real) {
        return real;
    }

    /** How it scores rows instead. */
    RowService rows(RowService real) {
        return real;
    }

    /** What it does to blobs instead. */
    Blobs blobs(Blobs real) {
        return real;
    }

    /** The clock that its remote calls go by. */
    InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public String toString() {
        return words;
    }
}
