/** Lists of the REST API: how many items, in which order, from where on, and which of their fields. */
@NamedInterface("list")
@NullMarked
package dev.bes.orchestrator.web.list;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
