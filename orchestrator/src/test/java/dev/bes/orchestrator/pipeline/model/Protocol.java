package dev.bes.orchestrator.pipeline.model;

/** The classes of remote services whose submit protocols run through random events. */
enum Protocol {
    TWO_STEP,
    NAMED,
    UNNAMED,
    ROWS;

    ModelRemote remote(ModelWorld world) {
        return switch (this) {
            case TWO_STEP -> new TwoStepModel(world);
            case NAMED -> new NamedModel(world);
            case UNNAMED -> new UnnamedModel(world);
            case ROWS -> new RowsModel(world);
        };
    }
}
