/** Transactions that are short: tried again after a deadlock, or shared by many callers. */
@NamedInterface("transaction")
@NullMarked
package dev.bes.orchestrator.database.transaction;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
