package dev.bes.testbench.chaos.fault;

import dev.bes.testbench.chaos.environment.ChaosFolder;
import dev.bes.testbench.chaos.environment.ChaosNode;
import dev.bes.testbench.chaos.environment.SharedFolderMounts;
import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.checker.evidence.FaultKind;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One node loses a shared folder; the other nodes keep it.
 *
 * @param shared which folder
 * @param hangs true when every access blocks, as on a network mount whose server is silent; false when the node sees an empty
 *     folder, as on a lost mount
 */
public record FolderOutage(int node, Shared shared, boolean hangs) implements ChaosFault {

    /** The shared folders. */
    public enum Shared {
        /** The drop folders. */
        INBOX,
        /** The outputs. */
        OUTPUTS;

        private Path in(ChaosFolder folder) {
            return switch (this) {
                case INBOX -> folder.inbox();
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
    public FaultKind kind() {
        return FaultKind.FOLDERS_FAILING;
    }

    @Override
    public String target() {
        return ChaosNode.name(node);
    }

    @Override
    public boolean isPossible(TestEnvironment environment) {
        return environment.node(node).folders().isMounted();
    }

    @Override
    public Undo begin(TestEnvironment environment) throws IOException {
        SharedFolderMounts view = environment.node(node).folders();
        Path folder = shared.in(environment.folder());
        if (hangs) {
            view.hang(folder);
            return view::resume;
        }
        view.hide(folder);
        return () -> view.show(folder);
    }
}
