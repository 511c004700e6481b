package dev.bes.orchestrator.node.folder;

import java.nio.file.Path;
import java.util.List;

/** Knows which files unfinished work needs. */
public interface FilesInUse {

    /** Some of the files under a folder that unfinished work needs; empty if it needs none. */
    List<Path> under(Path folder);
}
