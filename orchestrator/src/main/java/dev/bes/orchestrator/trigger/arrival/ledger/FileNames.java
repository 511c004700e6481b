package dev.bes.orchestrator.trigger.arrival.ledger;

import java.util.Arrays;
import java.util.List;

/** The names of files in the ledger: of a file in a folder below a drop folder, its path there with slashes. */
public final class FileNames {
    private FileNames() {}

    /** The name of the file itself. */
    public static String last(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The folders that contain it below its drop folder, from the outermost on. */
    public static List<String> folders(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? List.of() : Arrays.asList(name.substring(0, slash).split("/", -1));
    }
}
