package dev.bes.sandbox.model;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.document.YamlNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A kind of models that the sandbox itself does not know. A module on the class path brings it, as a {@link java.util.ServiceLoader} finds it. */
public interface ModelKind {

    /** The value of {@code kind} in a service's model. */
    String name();

    /**
     * Reads a model and makes it ready to score. Mistakes are added to those of the document.
     *
     * @param model what the service declares of its model
     * @param columns the columns that the service's inputs declare
     * @param folder where the document is; files that it names are there
     * @return empty when there are mistakes
     */
    Optional<Model> read(YamlNode model, List<Column> columns, Path folder);
}
