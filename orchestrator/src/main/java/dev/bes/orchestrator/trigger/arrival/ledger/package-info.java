/** The ledger of arriving files: one row for each entry of a drop folder, from first sight to its end. */
@NamedInterface("files")
@NullMarked
package dev.bes.orchestrator.trigger.arrival.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
