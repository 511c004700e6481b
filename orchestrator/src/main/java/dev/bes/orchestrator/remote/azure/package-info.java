/** Our blobs in Azure Blob storage. */
@NullMarked
package dev.bes.orchestrator.remote.azure;

import org.jspecify.annotations.NullMarked;
