/** Blobs in Azure Blob storage. */
@NamedInterface("blob-azure")
@NullMarked
package dev.bes.orchestrator.remote.blob.azure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
