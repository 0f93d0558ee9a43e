import { DomainName, type IDomainName, SecurityPolicy } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import type { Settings } from '../settings/settings.ts';

export interface ApiDomainProps {
  readonly domainName: string;
  readonly settings: Pick<Settings, 'certificateArn' | 'hostedZoneId'>;
}

/** A domain of one's own in front of an API. The API's own address goes on working beside it. */
export class ApiDomain extends Construct {
  readonly domainName: IDomainName;
  /** What a DNS record of the domain has to point to, where the stack makes none. */
  readonly target: string;

  constructor(scope: Construct, id: string, { domainName, settings }: ApiDomainProps) {
    super(scope, id);
    const { certificateArn, hostedZoneId } = settings;
    if (certificateArn === undefined) throw new Error(`There is no certificate for ${domainName}`);
    const domain = new DomainName(this, 'Name', {
      domainName,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      // The oldest that WebSocket APIs speak anyway.
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    this.domainName = domain;
    this.target = domain.regionalDomainName;
    if (hostedZoneId === undefined) return;
    new CfnRecordSet(this, 'Record', {
      hostedZoneId,
      name: domainName,
      type: 'A',
      aliasTarget: {
        dnsName: domain.regionalDomainName,
        hostedZoneId: domain.regionalHostedZoneId,
      },
    });
  }
}
