package dev.bes.testbench.checker;

import static dev.bes.testbench.checker.World.FOLDER;
import static dev.bes.testbench.checker.World.at;
import static dev.bes.testbench.checker.World.replace;

import dev.bes.testbench.checker.evidence.DriverEntry.CallbackReceived;
import dev.bes.testbench.checker.evidence.Snapshot.DroppedFile;
import dev.bes.testbench.checker.evidence.StoredFile;
import java.util.UUID;

/**
 * Ways in which duplicates, files that stay, blobs and callbacks are spoilt. Run 16 has scored a content of which there is a duplicate,
 * run 17 a file that stays, run 18 a blob; of the end of run 20 the driver was told.
 */
final class SpoiltArrivals {
    private static final UUID FILE = new UUID(9, 9);

    private SpoiltArrivals() {}

    static void duplicateScored(World world) {
        replace(
                world.ledger,
                file -> file.name().equals("c2.csv"),
                file -> new DroppedFile(FILE, FOLDER, "c2.csv", 9, "archive"));
        replace(
                world.dropped,
                file -> file.path().endsWith("duplicate-c2.csv"),
                file -> new StoredFile(FOLDER + "/archive/9-c2.csv", "file-c"));
        world.finished(9, "files", "file:" + FILE);
    }

    static void duplicateLost(World world) {
        world.dropped.removeIf(file -> file.path().endsWith("duplicate-c2.csv"));
    }

    static void nothingButDuplicates(World world) {
        replace(
                world.ledger,
                file -> file.name().equals("c1.csv"),
                file -> new DroppedFile(file.id(), FOLDER, "c1.csv", 0, "duplicate"));
        replace(
                world.dropped,
                file -> file.path().endsWith("16-c1.csv"),
                file -> new StoredFile(FOLDER + "/archive/duplicate-c1.csv", "file-c"));
    }

    static void stayingFileGone(World world) {
        world.dropped.removeIf(file -> file.path().endsWith("d.csv"));
    }

    static void copyLeftOver(World world) {
        world.dropped.add(new StoredFile(FOLDER + "/failed/17-d.csv", "file-d"));
    }

    static void blobNotPutAway(World world) {
        replace(
                world.dropped,
                file -> file.path().endsWith("18-e.csv"),
                file -> new StoredFile("lake/in/e.csv", "file-e"));
    }

    static void blobLost(World world) {
        world.dropped.removeIf(file -> file.path().endsWith("18-e.csv"));
    }

    static void callbackNeverReceived(World world) {
        world.driver.removeIf(entry -> entry instanceof CallbackReceived told && told.run() == 20);
    }

    static void toldAsTwoEvents(World world) {
        world.driver.add(new CallbackReceived(at(6000), "another", 20));
    }
}
