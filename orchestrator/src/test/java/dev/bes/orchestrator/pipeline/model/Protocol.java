package dev.bes.orchestrator.pipeline.model;

import java.util.function.Function;

/** The classes of remote services whose submit protocols run through random events. */
enum Protocol {
    TWO_STEP(TwoStepModel::new),
    NAMED(NamedModel::new),
    UNNAMED(UnnamedModel::new),
    ROWS(RowsModel::new);

    private final Function<ModelWorld, ModelRemote> remote;

    Protocol(Function<ModelWorld, ModelRemote> remote) {
        this.remote = remote;
    }

    ModelRemote remote(ModelWorld world) {
        return remote.apply(world);
    }
}
