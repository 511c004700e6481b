/** Settings that refer to secrets of an Azure Key Vault. */
@NamedInterface("remote-vault")
@NullMarked
package dev.bes.orchestrator.remote.vault;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
