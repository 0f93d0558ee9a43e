// What receipts cost in Seenby and in four other designs, in the same group on the same database:
// capacity units, bytes and frames.
//   npm run bench -- baselines [--members 500] [--dynamodb-local] [--json]
// Without --dynamodb-local the database is in memory, which charges the same and answers at once.
import { parseArgs } from 'node:util';
import { designs } from './baselines/all-designs.ts';
import { measureDesign, type Scenario } from './baselines/measure-design.ts';
import { openDatabase } from './baselines/open-database.ts';
import { baselinesReport, type ScenarioFigures } from './reports/baselines-report.ts';
import { say, withOpen } from './support/demo-session.ts';

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '500' },
    'dynamodb-local': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

function scenariosOf(members: number): ({ name: string } & Scenario)[] {
  const usual = { members, messages: 1, isDelivered: false, secondsBetweenReads: 0.05 };
  return [
    { ...usual, name: 'One message, 20 reads a second' },
    { ...usual, name: 'One message, one read in seven seconds', secondsBetweenReads: 7 },
    { ...usual, name: 'One message, each delivery acknowledged first', isDelivered: true },
    { ...usual, name: '20 messages, 20 members a second read them', messages: 20 },
    {
      ...{ ...usual, name: '20 messages, one member in seven seconds reads them', messages: 20 },
      secondsBetweenReads: 7,
    },
  ];
}

function membersAsked(): number {
  const members = Number(values.members);
  if (Number.isInteger(members) && members >= 2 && members <= 500) return members;
  throw new Error(`--members is "${values.members}"; it must be a number from 2 to 500.`);
}

await withOpen(async (open) => {
  const openPlace = await openDatabase(open, values['dynamodb-local']);
  const figures: ScenarioFigures[] = [];
  for (const scenario of scenariosOf(membersAsked())) {
    const measured = [];
    for (const design of designs) {
      say(`${scenario.name}: ${design.name}`);
      measured.push(await measureDesign(design, await openPlace(design), scenario));
    }
    figures.push({ ...scenario, designs: measured });
  }
  console.log(values.json ? JSON.stringify(figures, null, 2) : baselinesReport(figures));
});
