package dev.bes.testbench.chaos;

import dev.bes.testbench.checker.Fault;

/**
 * A disk is full.
 *
 * @param ofDatabase whether it is the database's; else the one that outputs are delivered to
 */
record DiskFull(boolean ofDatabase) implements Mischief {

    @Override
    public String name() {
        return ofDatabase ? "disk of PostgreSQL full" : "disk of the outputs full";
    }

    @Override
    public Fault fault() {
        return ofDatabase ? Fault.DATABASE_STRAINED : Fault.FOLDERS_SICK;
    }

    @Override
    public String target() {
        return ofDatabase ? DatabaseGone.TARGET : "outputs";
    }

    @Override
    public boolean isPossible(Stage stage) {
        return disk(stage).isSmall();
    }

    @Override
    public Undo begin(Stage stage) {
        SmallDisk disk = disk(stage);
        disk.fill();
        return () -> {
            disk.free();
            // without space it may have given up
            stage.database().server().start();
        };
    }

    private SmallDisk disk(Stage stage) {
        return ofDatabase ? stage.databaseDisk() : stage.outputDisk();
    }
}
