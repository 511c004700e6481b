package dev.bes.testbench.chaos.fault;

import dev.bes.testbench.chaos.environment.SmallDisk;
import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.checker.evidence.FaultKind;

/**
 * A disk is full.
 *
 * @param ofDatabase true for the disk of the database, false for that of the outputs
 */
public record DiskFull(boolean ofDatabase) implements ChaosFault {

    @Override
    public String name() {
        return ofDatabase ? "disk of PostgreSQL full" : "disk of the outputs full";
    }

    @Override
    public FaultKind kind() {
        return ofDatabase ? FaultKind.DATABASE_EXHAUSTED : FaultKind.FOLDERS_FAILING;
    }

    @Override
    public String target() {
        return ofDatabase ? DatabaseCrash.TARGET : "outputs";
    }

    @Override
    public boolean isPossible(TestEnvironment environment) {
        return disk(environment).isSmall();
    }

    @Override
    public Undo begin(TestEnvironment environment) {
        SmallDisk disk = disk(environment);
        disk.fill();
        return () -> {
            disk.free();
            // PostgreSQL may have ended without space
            environment.database().server().start();
        };
    }

    private SmallDisk disk(TestEnvironment environment) {
        return ofDatabase ? environment.databaseDisk() : environment.outputDisk();
    }
}
