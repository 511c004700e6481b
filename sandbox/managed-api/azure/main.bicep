// The managed API in Azure: an API Management instance with the API and the products of this folder, a subscription for the
// orchestrator, a storage account with a container, and a Key Vault with the keys. docs/azure.md walks through it.
//
//   az deployment group create --resource-group <group> --template-file main.bicep --parameters ...
//
// main.json beside this file is the same as an ARM template, for those who have no Bicep.

targetScope = 'resourceGroup'

@description('Region of all resources.')
param location string = resourceGroup().location

@description('Name of the API Management instance; it becomes the host name <name>.azure-api.net and must be free in all of Azure.')
@minLength(1)
@maxLength(50)
param apiManagementName string = 'apim-bes-${uniqueString(resourceGroup().id)}'

@description('Tier of the API Management instance. Developer is for trials and has no service level agreement.')
@allowed([
  'Developer'
  'Basic'
  'Standard'
  'Premium'
  'BasicV2'
  'StandardV2'
])
param apiManagementTier string = 'Developer'

@description('Number of units of the API Management instance; the tier Developer has one.')
@minValue(1)
param apiManagementUnits int = 1

@description('Organization that publishes the API; the developer portal and its mails show it.')
param publisherName string

@description('Address to which API Management sends its mails.')
param publisherEmail string

@description('Base address of the service behind the API, without a slash at its end. The default was switched off on 31 August 2024: give the address of any service that speaks the BES protocol.')
param backendUrl string = 'https://ussouthcentral.services.azureml.net'

@description('Key of the web service, which calls carry as Authorization: Bearer. It is stored in the Key Vault only.')
@secure()
param serviceKey string

@description('Product that the subscription of the orchestrator belongs to: its name in products.yaml.')
@allowed([
  'starter'
  'unlimited'
])
param subscriptionProduct string = 'starter'

@description('Name of the storage account, 3 to 24 lower-case letters and digits; it must be free in all of Azure.')
@minLength(3)
@maxLength(24)
param storageAccountName string = 'bes${uniqueString(resourceGroup().id)}'

@description('Name of the container that the orchestrator keeps its blobs in: the setting orchestrator.blobs.container.')
@minLength(3)
@maxLength(63)
param containerName string = 'orchestrator'

@description('Name of the Key Vault, 3 to 24 letters, digits and dashes; it must be free in all of Azure.')
@minLength(3)
@maxLength(24)
param keyVaultName string = 'kv-bes-${uniqueString(resourceGroup().id)}'

@description('Name of the managed identity that the orchestrator runs as.')
@minLength(3)
@maxLength(128)
param orchestratorIdentityName string = 'bes-orchestrator'

var apiSettings = loadYamlContent('../api.yaml')
var openApiDocument = loadTextContent('../openapi.yaml')
var apiPolicy = loadTextContent('../policies/api.xml')
var products = loadYamlContent('../products.yaml')
var productPolicies = {
  starter: loadTextContent('../policies/products/starter.xml')
  unlimited: loadTextContent('../policies/products/unlimited.xml')
}
var productGroups = flatten(map(products, p => map(p.groups, g => {
  product: p.name
  group: g
})))

// the address in policies/api.xml, which backendUrl takes the place of
var documentedBackendUrl = 'https://ussouthcentral.services.azureml.net'

// built-in roles: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
var storageBlobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

// ---- API Management

resource apiManagement 'Microsoft.ApiManagement/service@2024-05-01' = {
  name: apiManagementName
  location: location
  sku: {
    name: apiManagementTier
    capacity: apiManagementUnits
  }
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    publisherName: publisherName
    publisherEmail: publisherEmail
  }
}

resource api 'Microsoft.ApiManagement/service/apis@2024-05-01' = {
  parent: apiManagement
  name: apiSettings.name
  properties: {
    displayName: apiSettings.displayName
    description: apiSettings.description
    path: apiSettings.path
    protocols: apiSettings.protocols
    subscriptionRequired: apiSettings.subscriptionRequired
    subscriptionKeyParameterNames: apiSettings.subscriptionKeyParameterNames
    serviceUrl: backendUrl
    format: 'openapi'
    value: openApiDocument
  }
}

resource policyOfApi 'Microsoft.ApiManagement/service/apis/policies@2024-05-01' = {
  parent: api
  name: 'policy'
  properties: {
    format: 'rawxml'
    value: replace(apiPolicy, documentedBackendUrl, backendUrl)
  }
}

resource product 'Microsoft.ApiManagement/service/products@2024-05-01' = [for item in products: {
  parent: apiManagement
  name: item.name
  properties: {
    displayName: item.displayName
    description: item.description
    subscriptionRequired: item.subscriptionRequired
    approvalRequired: item.approvalRequired
    subscriptionsLimit: item.subscriptionsLimit
    state: item.state
  }
}]

resource policyOfProduct 'Microsoft.ApiManagement/service/products/policies@2024-05-01' = [for (item, i) in products: {
  parent: product[i]
  name: 'policy'
  properties: {
    format: 'rawxml'
    value: productPolicies[item.name]
  }
}]

resource apiOfProduct 'Microsoft.ApiManagement/service/products/apis@2024-05-01' = [for (item, i) in products: {
  parent: product[i]
  name: api.name
}]

resource groupOfProduct 'Microsoft.ApiManagement/service/products/groups@2024-05-01' = [for item in productGroups: {
  name: '${apiManagement.name}/${item.product}/${item.group}'
  dependsOn: [
    product
  ]
}]

// its keys are made by API Management and go to the Key Vault only
resource subscriptionOfOrchestrator 'Microsoft.ApiManagement/service/subscriptions@2024-05-01' = {
  parent: apiManagement
  name: 'orchestrator'
  properties: {
    displayName: 'orchestrator'
    scope: resourceId('Microsoft.ApiManagement/service/products', apiManagement.name, subscriptionProduct)
    state: 'active'
  }
  dependsOn: [
    product
  ]
}

// ---- the blobs

resource storageAccount 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageAccountName
  location: location
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    // the orchestrator signs links to single blobs with the account key
    allowSharedKeyAccess: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: storageAccount
  name: 'default'
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobService
  name: containerName
  properties: {
    publicAccess: 'None'
  }
}

// ---- the keys

resource keyVault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: keyVaultName
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
  }
}

resource secretServiceKey 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: keyVault
  name: 'service-key'
  properties: {
    value: serviceKey
  }
}

resource secretSubscriptionKey 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: keyVault
  name: 'subscription-key'
  properties: {
    value: subscriptionOfOrchestrator.listSecrets().primaryKey
  }
}

resource secretSecondarySubscriptionKey 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: keyVault
  name: 'secondary-subscription-key'
  properties: {
    value: subscriptionOfOrchestrator.listSecrets().secondaryKey
  }
}

resource secretConnectionString 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: keyVault
  name: 'connection-string'
  properties: {
    value: 'DefaultEndpointsProtocol=https;AccountName=${storageAccount.name};AccountKey=${storageAccount.listKeys().keys[0].value};EndpointSuffix=${environment().suffixes.storage}'
  }
}

// policies can write {{service-key}}; API Management reads the value from the Key Vault
resource namedServiceKey 'Microsoft.ApiManagement/service/namedValues@2024-05-01' = {
  parent: apiManagement
  name: 'service-key'
  properties: {
    displayName: 'service-key'
    secret: true
    keyVault: {
      secretIdentifier: secretServiceKey.properties.secretUri
    }
  }
  dependsOn: [
    apiManagementReadsServiceKey
  ]
}

// ---- who may do what

resource orchestratorIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: orchestratorIdentityName
  location: location
}

resource apiManagementReadsServiceKey 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: secretServiceKey
  name: guid(secretServiceKey.id, apiManagement.id, keyVaultSecretsUser)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
    principalId: apiManagement.identity.principalId
    principalType: 'ServicePrincipal'
  }
}

resource orchestratorReadsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: keyVault
  name: guid(keyVault.id, orchestratorIdentity.id, keyVaultSecretsUser)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
    principalId: orchestratorIdentity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource orchestratorWritesBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: container
  name: guid(container.id, orchestratorIdentity.id, storageBlobDataContributor)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataContributor)
    principalId: orchestratorIdentity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

@description('Address of the API: the beginning of the setting orchestrator.endpoints.<name>.url.')
output apiUrl string = '${apiManagement.properties.gatewayUrl}/${apiSettings.path}'

@description('Name of the Key Vault that has the keys.')
output keyVaultName string = keyVault.name

@description('Name of the storage account.')
output storageAccountName string = storageAccount.name

@description('Resource id of the identity that the orchestrator runs as: assign it to the machine.')
output orchestratorIdentityId string = orchestratorIdentity.id

@description('Client id of that identity, for az login --identity.')
output orchestratorIdentityClientId string = orchestratorIdentity.properties.clientId
