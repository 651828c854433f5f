// title: Which organisations are in a country?
// title_fr: Quelles organisations se trouvent dans un pays ?
// explanation: The organisations of a country, all of them or those of one sector, with their places and sites.
// explanation_fr: Les organisations d'un pays, toutes ou celles d'un secteur, avec leur lieu et leur site.
// role: visitor
// parameter: country (country, required) The country, by name or code.
// parameter_fr: country Le pays, par son nom ou son code.
// parameter: sector (Organisation.sector, optional) One family of organisations; all where nothing is said.
// parameter_fr: sector Une famille d'organisations ; toutes si rien n'est dit.
MATCH (organisation:Organisation)
WHERE organisation.visibility IN $visible AND organisation.country = $country
  AND ($sector IS NULL OR organisation.sector = $sector)
RETURN organisation.name AS name,
       organisation.sector AS sector,
       organisation.kind AS kind,
       organisation.place AS place,
       organisation.website AS website,
       organisation.id AS id
ORDER BY name, id
