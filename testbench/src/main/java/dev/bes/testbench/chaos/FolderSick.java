package dev.bes.testbench.chaos;

import dev.bes.testbench.checker.Fault;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One node sees a shared folder no more, while the others do.
 *
 * @param shared which folder
 * @param hangs whether every access to it waits, as with a network mount whose server is silent; else the node sees an empty
 *     folder, as with a mount that is gone
 */
record FolderSick(int node, Shared shared, boolean hangs) implements Mischief {

    /** The folders that nodes share. */
    enum Shared {
        /** The drop folders. */
        INBOX,
        /** The files of requests. */
        UPLOADS,
        /** The outputs. */
        OUTPUTS;

        private Path in(ChaosFolder folder) {
            return switch (this) {
                case INBOX -> folder.inbox();
                case UPLOADS -> folder.uploads();
                case OUTPUTS -> folder.outputDisk();
            };
        }
    }

    @Override
    public String name() {
        String which = shared.name().toLowerCase(java.util.Locale.ROOT);
        return hangs
                ? "folder of the " + which + " hangs on one node"
                : "folder of the " + which + " missing on one node";
    }

    @Override
    public Fault fault() {
        return Fault.FOLDERS_SICK;
    }

    @Override
    public String target() {
        return ChaosNode.name(node);
    }

    @Override
    public boolean isPossible(Stage stage) {
        return stage.node(node).folders().isItsOwn();
    }

    @Override
    public Undo begin(Stage stage) throws IOException {
        FolderView view = stage.node(node).folders();
        Path folder = shared.in(stage.folder());
        if (hangs) {
            view.hang(folder);
            return view::goOn;
        }
        view.hide(folder);
        return () -> view.show(folder);
    }
}
