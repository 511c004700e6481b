/** YAML as a tree that knows the line and column of each value, and its check against the JSON Schema. */
@NamedInterface("yaml")
@NullMarked
package dev.bes.orchestrator.definition.yaml;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
