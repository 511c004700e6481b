/** The folders that all nodes share, and whether this node sees them. */
@NamedInterface("folder")
@NullMarked
package dev.bes.orchestrator.node.folder;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
